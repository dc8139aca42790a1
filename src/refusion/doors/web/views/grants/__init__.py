"""The pages of grant agreements; they show and pass on, and decide nothing."""
