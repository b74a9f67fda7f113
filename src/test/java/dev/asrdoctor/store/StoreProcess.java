package dev.asrdoctor.store;

import java.util.Map;

/** Another process that writes to a store, and says on its standard output what the store has acknowledged. */
public final class StoreProcess {
    static final int SERVERS = 4;

    private StoreProcess() {}

    public static void main(String[] args) throws Exception {
        Store store = ((StoreContract.Elsewhere)
                        Class.forName(args[0]).getDeclaredConstructor().newInstance())
                .at(args[1]);
        String argument = args[3];
        switch (args[2]) {
            case "journal" -> journal(store, argument);
            case "window" -> window(store, argument);
            case "evidence" -> evidence(store, Integer.parseInt(argument));
            case "hold" -> hold(store, argument);
            case "try" -> attempt(store, argument);
            case "fill" -> fill(store, argument);
            default -> throw new IllegalArgumentException(args[2]);
        }
    }

    private static void journal(Store store, String prefix) throws Exception {
        try (Journal journal = store.journal().open("another process")) {
            for (int i = 0; ; i++) {
                journal.append(StoreContract.intent(prefix + i));
                System.out.println(prefix + i);
            }
        }
    }

    private static void window(Store store, String id) throws Exception {
        try (Leases.Lease taken = store.windows().take(id)) {
            Window window = store.windows().find(id).orElse(StoreContract.window(id));
            while (taken != null) {
                window = window.extended(window.until().plusSeconds(1), StoreContract.event("extended"));
                store.windows().save(window);
                System.out.println(window.history().size());
            }
        }
    }

    private static void evidence(Store store, int from) throws Exception {
        Window window = store.windows().find("CHG1").orElseThrow();
        for (int i = from; ; i++) {
            Evidence.Kept kept = store.windows()
                    .evidence(window, Windows.after(i))
                    .keep(StoreContract.visits(SERVERS), Map.of(Windows.POLICY, new byte[] {1}));
            System.out.println(kept.facts());
        }
    }

    private static void hold(Store store, String id) throws Exception {
        try (Journal journal = store.journal().open("another process");
                Leases.Lease taken = store.windows().take(id)) {
            System.out.println(journal.broken() == null && taken != null ? "held" : "lost");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static void attempt(Store store, String id) {
        try {
            store.journal().open("another process").close();
            System.out.println("journal opened");
        } catch (StoreException e) {
            System.out.println("journal refused");
        }
        try {
            store.windows().take(id).close();
            System.out.println("window taken");
        } catch (StoreException e) {
            System.out.println("window refused");
        }
    }

    /** Writes until it is refused, and once more. */
    private static void fill(Store store, String id) throws Exception {
        try (Journal journal = store.journal().open("another process")) {
            int refused = 0;
            for (int i = 0; refused < 2; i++) {
                try {
                    journal.append(StoreContract.intent("a" + i));
                    System.out.println("journal a" + i);
                } catch (StoreException e) {
                    System.out.println("refused " + e.getMessage());
                    refused++;
                }
            }
        }
        Window window = StoreContract.window(id);
        store.windows().save(window);
        System.out.println("window");
        boolean more = true;
        while (more) {
            window = window.extended(window.until().plusSeconds(1), StoreContract.event("x".repeat(2000)));
            try {
                store.windows().save(window);
                System.out.println("window");
            } catch (StoreException e) {
                System.out.println("refused " + e.getMessage());
                more = false;
            }
        }
    }
}
