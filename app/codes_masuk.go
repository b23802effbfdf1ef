package app

// SignInPINDiffers: the second time another PIN was typed than the first.
const SignInPINDiffers Code = "signin.pin_differs"
