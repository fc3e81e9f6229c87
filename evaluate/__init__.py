"""What is measured of a trained model: its samples, features of pictures, and the commands that add figures to a card."""
