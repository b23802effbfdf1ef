-- How many rotations of the root a life has been told of in its feed.
ALTER TABLE chains ADD COLUMN roots_told INTEGER NOT NULL DEFAULT 0;
