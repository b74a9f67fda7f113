package dev.asrdoctor.facts;

import java.util.List;

/** The licences of Windows that have a key on this server. */
public record LicenceFacts(List<Licence> licences) {

    /**
     * @param status SoftwareLicensingProduct.LicenseStatus: 1 licensed, 0 not, 2 to 6 in a time of grace or past it
     * @param graceMinutes left of the time of grace, of an evaluation or until the next renewal; 0 where there is none
     * @param evaluation whether it is one for trying Windows out
     */
    public record Licence(long status, long graceMinutes, boolean evaluation) {}
}
