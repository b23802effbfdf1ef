package machine

import "loket/app/vault"

// muchMemory is what a computer that is sold with 8 GB tells of, in bytes: some of it is the system's own.
const muchMemory = 7 << 30

// Cost is how much work one try of a PIN takes on this computer.
func Cost() vault.Cost { return costFor(memory()) }

func costFor(bytes uint64) vault.Cost {
	if bytes >= muchMemory {
		return vault.LargeCost
	}
	return vault.DefaultCost
}
