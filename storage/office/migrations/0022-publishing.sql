-- Publishing looks at every frame's certificate and at every lent block: the indexes hold what it asks for.
CREATE INDEX frames_signed_epoch ON frames (signed_epoch);
DROP INDEX serial_blocks_kiosk;
CREATE INDEX serial_blocks_kiosk ON serial_blocks (kiosk, incarnation, shard, block);
