DROP TABLE annotations, photos, encounters, individuals;
