package app

// SettingsPINOld: the present PIN was not typed.
const SettingsPINOld Code = "settings.pin_old"
