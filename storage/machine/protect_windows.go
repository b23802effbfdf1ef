package machine

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"

	"loket/app"
)

// Protect lets nobody but its owner, SYSTEM and Administrators into a folder, with all that is in it, or a
// file: what the folder above would hand down does not count. Who may not set it leaves it as it is.
func Protect(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return app.Wrap("machine.Protect", app.FileUnread, err)
	}
	acl, err := ownACL(info.IsDir())
	if err == nil {
		err = windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT,
			windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, acl, nil)
	}
	if errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		return nil
	}
	return app.Wrap("machine.Protect", app.FileUnwritten, err)
}

// ownACL allows everything to the user of this program, SYSTEM and Administrators.
func ownACL(folder bool) (*windows.ACL, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, err
	}
	who := []*windows.SID{user.User.Sid}
	for _, known := range []windows.WELL_KNOWN_SID_TYPE{windows.WinLocalSystemSid, windows.WinBuiltinAdministratorsSid} {
		sid, err := windows.CreateWellKnownSid(known)
		if err != nil {
			return nil, err
		}
		who = append(who, sid)
	}
	inherit := uint32(windows.NO_INHERITANCE)
	if folder {
		inherit = windows.SUB_CONTAINERS_AND_OBJECTS_INHERIT
	}
	var entries []windows.EXPLICIT_ACCESS
	for _, sid := range who {
		entries = append(entries, windows.EXPLICIT_ACCESS{
			AccessPermissions: windows.GENERIC_ALL, AccessMode: windows.GRANT_ACCESS, Inheritance: inherit,
			Trustee: windows.TRUSTEE{TrusteeForm: windows.TRUSTEE_IS_SID, TrusteeValue: windows.TrusteeValueFromSID(sid)},
		})
	}
	return windows.ACLFromEntries(entries, nil)
}
