package dev.asrdoctor.lab.wsman;

/**
 * How a host presents itself.
 *
 * @param computerName NetBIOS name, in NTLM challenges and as the owner's domain
 * @param osVersion such as {@code 10.0.14393}
 * @param activityIds answers carry an ActivityId, as from Windows Server 2016 on
 */
public record HostIdentity(String computerName, String osVersion, boolean activityIds) {

    public static HostIdentity named(String computerName) {
        return new HostIdentity(computerName, "10.0.14393", true);
    }
}
