package dev.asrdoctor.inventory;

import java.util.List;

/**
 * What a connection of Ansible's plugins {@code winrm} and {@code psrp} depends on here, and the variables that say it;
 * of several that are set the last one counts (docs/ansible.md).
 */
enum AnsibleOption {
    ADDRESS(List.of("ansible_host", "ansible_winrm_host"), List.of("ansible_host", "ansible_psrp_host")),
    PORT(List.of("ansible_port", "ansible_winrm_port"), List.of("ansible_port", "ansible_psrp_port")),
    USER(List.of("ansible_user", "ansible_winrm_user"), List.of("ansible_user", "ansible_psrp_user")),
    PASSWORD(
            List.of("ansible_password", "ansible_winrm_pass", "ansible_winrm_password"),
            List.of("ansible_password", "ansible_winrm_pass", "ansible_winrm_password")),
    SCHEME(List.of("ansible_winrm_scheme"), List.of("ansible_psrp_protocol")),
    PATH(List.of("ansible_winrm_path"), List.of("ansible_psrp_path")),
    AUTHENTICATION(List.of("ansible_winrm_transport"), List.of("ansible_psrp_auth")),
    VALIDATION(List.of("ansible_winrm_server_cert_validation"), List.of("ansible_psrp_cert_validation")),
    AUTHORITIES(
            List.of("ansible_winrm_ca_trust_path"), List.of("ansible_psrp_cert_trust_path", "ansible_psrp_ca_cert")),
    PROXY(List.of("ansible_winrm_proxy"), List.of("ansible_psrp_proxy")),
    SERVICE(List.of("ansible_winrm_service"), List.of("ansible_psrp_negotiate_service")),
    SERVICE_HOST(
            List.of("ansible_winrm_kerberos_hostname_override"), List.of("ansible_psrp_negotiate_hostname_override")),
    TICKETS(List.of("ansible_winrm_kinit_mode"), List.of()),
    CERTIFICATE(List.of("ansible_winrm_cert_pem"), List.of("ansible_psrp_certificate_pem"));

    /** Ansible's connection plugins that go by WinRM. */
    enum Plugin {
        WINRM,
        PSRP
    }

    static final String CONNECTION = "ansible_connection";
    static final String TAGS = "asrdoctor_tags";
    static final String BASIC_OVER_HTTP = "asrdoctor_allow_basic_over_http";

    /** What Ansible does not know. */
    static final List<String> OWN = List.of(
            "asrdoctor_deployment",
            "asrdoctor_site",
            "asrdoctor_process_server",
            "asrdoctor_data_port",
            "asrdoctor_data_address",
            "asrdoctor_machines",
            "asrdoctor_churn",
            "asrdoctor_cloud",
            BASIC_OVER_HTTP,
            TAGS);

    /** Known to the plugins, and without a meaning for a connection of asrdoctor: docs/ansible.md says why. */
    static final List<String> WITHOUT_MEANING = List.of(
            "ansible_winrm_connection_timeout",
            "ansible_winrm_read_timeout_sec",
            "ansible_winrm_operation_timeout_sec",
            "ansible_winrm_kinit_cmd",
            "ansible_winrm_kinit_args",
            "ansible_winrm_kinit_env_vars",
            "ansible_winrm_kerberos_delegation",
            "ansible_winrm_message_encryption",
            "ansible_winrm_send_cbt",
            "ansible_winrm_realm",
            "ansible_winrm_keytab",
            "ansible_winrm_cert_key_pem",
            "ansible_winrm_credssp_disable_tlsv1_2",
            "ansible_winrm_credssp_auth_mechanism",
            "ansible_winrm_credssp_minimum_version",
            "ansible_psrp_connection_timeout",
            "ansible_psrp_read_timeout",
            "ansible_psrp_operation_timeout",
            "ansible_psrp_reconnection_retries",
            "ansible_psrp_reconnection_backoff",
            "ansible_psrp_connection_backoff",
            "ansible_psrp_message_encryption",
            "ansible_psrp_ignore_proxy",
            "ansible_psrp_certificate_key_pem",
            "ansible_psrp_credssp_auth_mechanism",
            "ansible_psrp_credssp_disable_tlsv1_2",
            "ansible_psrp_credssp_minimum_version",
            "ansible_psrp_negotiate_delegate",
            "ansible_psrp_negotiate_send_cbt",
            "ansible_psrp_max_envelope_size",
            "ansible_psrp_configuration_name");

    private final List<String> winrm;
    private final List<String> psrp;

    AnsibleOption(List<String> winrm, List<String> psrp) {
        this.winrm = winrm;
        this.psrp = psrp;
    }

    /** It is a number or a path, or the plugin winrm hands it to pywinrm as it stands: quotation marks are part of it. */
    boolean keepsQuotationMarks(Plugin plugin) {
        return switch (this) {
            case PORT, AUTHORITIES -> true;
            case VALIDATION, PROXY, SERVICE, SERVICE_HOST, CERTIFICATE -> plugin == Plugin.WINRM;
            default -> false;
        };
    }

    List<String> variables(Plugin plugin) {
        return plugin == Plugin.WINRM ? winrm : psrp;
    }
}
