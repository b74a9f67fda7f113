package dev.asrdoctor.lab.wsman;

/**
 * Everything about one simulated endpoint.
 *
 * @param accounts may be shared by endpoints, as a domain's accounts are: failures and lock-outs then count together
 */
public record EndpointSettings(
        Listening listening,
        HostIdentity host,
        LogonRules logon,
        Accounts accounts,
        Quotas quotas,
        Output output,
        FaultPlan faults) {

    /** A host as Windows installs it, on plain HTTP with sealed NTLM. */
    public static EndpointSettings of(HostIdentity host, Accounts accounts) {
        return new EndpointSettings(
                Listening.http(), host, LogonRules.DEFAULT, accounts, Quotas.DEFAULT, Output.DEFAULT, FaultPlan.NONE);
    }

    public EndpointSettings with(Listening other) {
        return new EndpointSettings(other, host, logon, accounts, quotas, output, faults);
    }

    public EndpointSettings with(LogonRules other) {
        return new EndpointSettings(listening, host, other, accounts, quotas, output, faults);
    }

    public EndpointSettings with(Quotas other) {
        return new EndpointSettings(listening, host, logon, accounts, other, output, faults);
    }

    public EndpointSettings with(Output other) {
        return new EndpointSettings(listening, host, logon, accounts, quotas, other, faults);
    }

    public EndpointSettings with(FaultPlan other) {
        return new EndpointSettings(listening, host, logon, accounts, quotas, output, other);
    }
}
