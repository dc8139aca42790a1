"""What a self-employed person may have when ill, from when, how much and by which days; never whether a form was sent."""
