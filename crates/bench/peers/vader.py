"""Reads messages, one a line, and says of each how it sounds (PyPI vaderSentiment)."""

import sys

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

analyzer = SentimentIntensityAnalyzer()
negative = sum(analyzer.polarity_scores(line)["compound"] < -0.4 for line in sys.stdin)
print(negative)
