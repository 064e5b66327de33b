"""What leaders see: figures by period, the opinions behind each figure, summaries of a topic."""
