"""The course of an agreement: papers, reports, decisions, orders, runs, and what follows from them; never keeps anything itself."""
