package app

// KirimNoFolder: the folder of the USB stick was not named.
const KirimNoFolder Code = "kirim.no_folder"
