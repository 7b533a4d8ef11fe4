"""What phones see."""
