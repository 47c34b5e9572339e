"""What a source says of itself: people, dates, licences, and the publication.yaml made of it."""
