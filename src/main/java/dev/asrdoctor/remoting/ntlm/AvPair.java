package dev.asrdoctor.remoting.ntlm;

/** One attribute of the target information (MS-NLMP 2.2.2.1). */
public record AvPair(int id, byte[] value) {
    public static final int END = 0;
    public static final int COMPUTER_NAME = 1;
    public static final int DOMAIN_NAME = 2;
    public static final int DNS_COMPUTER_NAME = 3;
    public static final int DNS_DOMAIN_NAME = 4;
    public static final int DNS_TREE_NAME = 5;
    public static final int FLAGS = 6;
    public static final int TIMESTAMP = 7;
    public static final int TARGET_NAME = 9;
    public static final int CHANNEL_BINDINGS = 10;

    /** In the value of {@link #FLAGS}: the third message carries a message integrity code. */
    public static final int FLAG_MIC = 0x2;
}
