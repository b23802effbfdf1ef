package app

// Codes of a kiosk's recovery by head office.
const RecoverCode Code = "recover.code"
