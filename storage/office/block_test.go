package office

import "testing"

// Index 0 of no shard is ever lent: a reader that loses an index is not answered about somebody's card.
func TestTheFirstBlockOfAShardIsNotLent(t *testing.T) {
	seen := map[uint32]bool{}
	for range 40_000 { // of 2,048 blocks
		block, err := drawPlace(blocksInShard)
		if err != nil || block == 0 || block >= blocksInShard {
			t.Fatal(block, err)
		}
		seen[block] = true
	}
	if len(seen) < blocksInShard*9/10 {
		t.Errorf("only %d of %d blocks are ever drawn", len(seen), blocksInShard)
	}
}
