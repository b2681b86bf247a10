"""What is asked of a selection besides its events: how many of each sort, side by side, by month, and what is next."""
