package dev.asrdoctor.inventory;

import dev.asrdoctor.inventory.AnsibleOption.Plugin;
import java.util.LinkedHashMap;
import java.util.Map;

/** In which words an inventory says things, so that advice is given in those of the file that the reader has. */
public enum InventoryWords {
    OWN,
    WINRM,
    PSRP;

    private final Map<String, String> translated = new LinkedHashMap<>();

    static {
        WINRM.fill(Plugin.WINRM);
        PSRP.fill(Plugin.PSRP);
    }

    private void fill(Plugin plugin) {
        String scheme = variable(AnsibleOption.SCHEME, plugin);
        String authentication = variable(AnsibleOption.AUTHENTICATION, plugin);
        String ca = variable(AnsibleOption.AUTHORITIES, plugin);
        String proxy = variable(AnsibleOption.PROXY, plugin);
        translated.put("'kerberos' 'serviceHost'", variable(AnsibleOption.SERVICE_HOST, plugin));
        translated.put("'kerberos' 'spn'", variable(AnsibleOption.SERVICE, plugin));
        translated.put("user@REALM, or 'kerberos' 'realm'", "user@REALM");
        translated.put("set 'kerberos' 'realm' in the inventory, or set default_realm", "set default_realm");
        translated.put(
                "by DNS (_kerberos._tcp.REALM), by krb5.conf, or by 'kerberos' 'kdc' in the inventory",
                "by DNS (_kerberos._tcp.REALM) or by krb5.conf");
        translated.put("authentication ntlm", authentication + "=ntlm");
        translated.put("et 'address'", "et ansible_host");
        translated.put("(tls 'caFile')", "(" + ca + ")");
        translated.put("Set tls 'caFile' in the inventory", "Set " + ca + " in the inventory");
        translated.put(
                "pin it in the inventory (tls 'fingerprints')",
                "pin it in an inventory of asrdoctor's own form (tls 'fingerprints')");
        translated.put("set transport http (port 5985; NTLM", "set " + scheme + "=http and ansible_port=5985 (NTLM");
        translated.put("Set transport https in the inventory", "Set " + scheme + "=https in the inventory");
        translated.put("transport https", scheme + "=https");
        translated.put("'allowBasicOverHttp'", AnsibleOption.BASIC_OVER_HTTP + "=true");
        translated.put("Check 'proxy'", "Check " + proxy);
        translated.put("Change 'authentication'", "Change " + authentication);
        translated.put("Choose an authentication", "Choose in " + authentication + " an authentication");
        translated.put("transport: https", scheme + ": https");
        translated.put("transport: http", scheme + ": http");
        translated.put("authentication: ntlm", authentication + ": ntlm");
        translated.put("proxy: none", proxy + ":");
    }

    private static String variable(AnsibleOption option, Plugin plugin) {
        return option.variables(plugin).getLast();
    }

    static InventoryWords of(Plugin plugin) {
        return plugin == Plugin.WINRM ? WINRM : PSRP;
    }

    /** Advice, which is written for asrdoctor's own inventory, for this one. */
    public String of(String advice) {
        String words = advice;
        for (Map.Entry<String, String> each : translated.entrySet()) {
            words = words.replace(each.getKey(), each.getValue());
        }
        return words;
    }
}
