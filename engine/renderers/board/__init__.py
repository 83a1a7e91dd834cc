"""The pages of a board pack: what stands on each deck's own, and the summary before several."""
