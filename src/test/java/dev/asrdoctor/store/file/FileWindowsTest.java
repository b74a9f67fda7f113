package dev.asrdoctor.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mockStatic;

import dev.asrdoctor.change.OpenWindows;
import dev.asrdoctor.change.OpenWindows.Hold;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.store.Basis;
import dev.asrdoctor.store.Leases;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Verdict;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.MockedStatic;

class FileWindowsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Basis BASIS = new Basis("1.0", Path.of("fleet.yaml"), "aa", "");

    @TempDir
    Path folder;

    @Test
    void aWindowIsReadAsItWasWritten() throws Exception {
        Window window = window("CHG1", "2026-11-23T14:00:00Z", "ps-01", "ps-02")
                .opened("abc", BASIS, "the board knows", event("opened"))
                .verified(Window.Verification.begun(1, NOON, "me"), event("verifying"))
                .verified(
                        new Window.Verification(1, NOON, NOON, "me", Verdict.NOTES, "def", BASIS, List.of("CHG2 too")),
                        event("verified"));
        FileWindows store = new FileWindows(folder);
        store.save(window);
        assertThat(store.find("chg1")).contains(window);
        assertThat(store.all()).containsExactly(window);
    }

    /** As when a share has gone or a folder is denied: nothing says that it is there, and nothing that it is not. */
    @Test
    void aWindowThatCannotBeSeenIsNotTakenForNone() throws Exception {
        Path file = Files.createDirectories(folder.resolve("CHG1")).resolve("window.json");
        Files.createSymbolicLink(file, file.getFileName());
        assertThatThrownBy(() -> OpenWindows.read(new FileWindows(folder), NOON))
                .isInstanceOf(StoreException.class);

        Path away = folder.resolve("away");
        Files.createSymbolicLink(away, away.getFileName());
        assertThatThrownBy(() -> OpenWindows.read(new FileWindows(away), NOON)).isInstanceOf(StoreException.class);
        assertThat(OpenWindows.read(new FileWindows(folder.resolve("never-made")), NOON))
                .isEqualTo(OpenWindows.NONE);
    }

    @Test
    void whatCannotBeLookedAtInTheFolderMayHoldAWindow() throws Exception {
        Files.writeString(folder.resolve("notes.txt"), "no window");
        assertThat(OpenWindows.read(new FileWindows(folder), NOON)).isEqualTo(OpenWindows.NONE);
        Path unseen = folder.resolve("CHG1");
        Files.createSymbolicLink(unseen, unseen.getFileName());
        assertThatThrownBy(() -> OpenWindows.read(new FileWindows(folder), NOON))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void aServerIsHeldFromTheOpeningOfItsWindowToItsEnd() throws Exception {
        FileWindows store = new FileWindows(folder);
        store.save(window("CHG1", "2026-11-23T14:00:00Z", "ps-01"));
        assertThat(OpenWindows.read(new FileWindows(folder), NOON).of("ps-01")).isEmpty();
        store.save(window("CHG1", "2026-11-23T14:00:00Z", "ps-01").opened("abc", BASIS, null, event("opened")));
        assertThat(OpenWindows.read(new FileWindows(folder), NOON).of("ps-01"))
                .contains(new Hold("CHG1", Instant.parse("2026-11-23T14:00:00Z"), "me at here"));
        assertThat(OpenWindows.read(new FileWindows(folder), NOON).of("ps-02")).isEmpty();
        assertThat(OpenWindows.read(new FileWindows(folder), Instant.parse("2026-11-23T14:00:00Z"))
                        .of("ps-01"))
                .isEmpty();
        store.save(window("CHG1", "2026-11-23T14:00:00Z", "ps-01").closed(event("closed")));
        assertThat(OpenWindows.read(new FileWindows(folder), NOON).of("ps-01")).isEmpty();
    }

    @Test
    void ofTwoWindowsTheOneThatLastsLongerIsToldFirst() {
        OpenWindows open = OpenWindows.of(
                List.of(
                        window("CHG1", "2026-11-23T14:00:00Z", "ps-01").opened("a", BASIS, null, event("opened")),
                        window("CHG2", "2026-11-23T16:00:00Z", "ps-01").opened("b", BASIS, null, event("opened"))),
                NOON);
        assertThat(open.of("ps-01").map(Hold::change)).contains("CHG2");
        assertThat(open.byServer().get("ps-01")).hasSize(2);
    }

    @Test
    void nothingStaysOfAWindowThatCouldNotBeWritten() throws Exception {
        FileWindows store = new FileWindows(folder);
        Window kept = window("CHG1", "2026-11-23T14:00:00Z", "ps-01");
        store.save(kept);
        try (MockedStatic<Durable> full = mockStatic(Durable.class, CALLS_REAL_METHODS)) {
            full.when(() -> Durable.write(any(), any(CharSequence.class), any()))
                    .thenThrow(new IOException("no space left on the device"));
            for (Window window : List.of(kept, window("CHG2", "2026-11-23T14:00:00Z", "ps-01"))) {
                assertThatThrownBy(() -> store.save(window)).hasMessageContaining("no space left");
            }
        }
        assertThat(folder.resolve("CHG2")).doesNotExist();
        assertThat(store.all()).containsExactly(kept);
    }

    @Test
    void aWindowThatCannotBeReadIsNeverTakenForNone() throws Exception {
        Path file = Files.createDirectories(folder.resolve("CHG1")).resolve("window.json");
        for (String broken : List.of("", "{", "{}", "[1]", "{\"version\": 9}")) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> OpenWindows.read(new FileWindows(folder), NOON))
                    .as(broken)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("window.json");
        }
    }

    @Test
    void aWindowThatCannotBeReadIsToldBesideThoseThatCan() throws Exception {
        FileWindows store = new FileWindows(folder);
        Window good = window("CHG1", "2026-11-23T14:00:00Z", "ps-01");
        store.save(good);
        String json = Files.readString(folder.resolve("CHG1/window.json"));
        Map<String, String> broken = new LinkedHashMap<>();
        broken.put("nothing", "");
        broken.put("half", json.substring(0, json.length() / 2));
        broken.put("null", "null");
        broken.put("text", "[1]");
        broken.put("newer", json.replace("\"version\" : 1", "\"version\" : 2"));
        broken.put("state", json.replace("\"opening\"", "\"ajar\""));
        broken.put("nobody", json.replace("[ \"ps-01\" ]", "[ ]"));
        broken.put("copied", json);
        broken.put("elsewhere", json.replace("\"CHG1\"", "\"../elsewhere\""));
        broken.put("verdict", json.replace("\"verifications\" : [ ]", "\"verifications\" : [ 5 ]"));
        for (Map.Entry<String, String> one : broken.entrySet()) {
            Path file = Files.createDirectories(folder.resolve(one.getKey())).resolve("window.json");
            Files.writeString(file, one.getValue());
            Windows.Contents contents = store.contents();
            assertThat(contents.windows()).as(one.getKey()).containsExactly(good);
            assertThat(contents.unusable())
                    .as(one.getKey())
                    .singleElement()
                    .asString()
                    .contains(one.getKey() + "/window.json cannot be used")
                    .contains("backup")
                    .doesNotContain("Exception", "enum");
            assertThatThrownBy(store::all).isInstanceOf(StoreException.class);
            Files.delete(file);
        }
        Files.write(Files.createDirectories(folder.resolve("bytes")).resolve("window.json"), new byte[] {(byte) 0xff});
        assertThat(store.contents().unusable()).singleElement().asString().contains("it is no text");
    }

    @Test
    void aHoldTellsWhoOpenedItAndEndsWithItsWindow() {
        OpenWindows open = OpenWindows.of(
                List.of(window("CHG1", "2026-11-23T14:00:00Z", "PS-01").opened("a", BASIS, null, event("opened"))),
                NOON);
        assertThat(open.of("ps-01").map(Hold::openedBy)).contains("me at here");
        assertThat(open.of("ps-01", Instant.parse("2026-11-23T13:59:59Z"))).isPresent();
        assertThat(open.of("ps-01", Instant.parse("2026-11-23T14:00:00Z"))).isEmpty();
    }

    @Test
    void noFolderHoldsNothing() throws Exception {
        assertThat(OpenWindows.read(new FileWindows(folder.resolve("none")), NOON))
                .isEqualTo(OpenWindows.NONE);
    }

    @Test
    void aWindowIsWorkedOnByOneAtATime() throws Exception {
        FileWindows store = new FileWindows(folder);
        try (Leases.Lease held = store.take("CHG1")) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> store.take("CHG1")).hasMessageContaining("another asrdoctor");
        }
        store.take("CHG1").close();
    }

    /** The kernel's own word, since the lock is there for other processes. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whoIsRefusedDoesNotTakeTheLockFromWhoHoldsIt() throws Exception {
        FileWindows store = new FileWindows(folder);
        Leases.Lease held = store.take("CHG1");
        String file = ":" + Files.getAttribute(folder.resolve(".chg1.lock"), "unix:ino") + " ";
        assertThatThrownBy(() -> store.take("chg1")).hasMessageContaining("another asrdoctor");
        assertThat(Files.readString(Path.of("/proc/locks"))).contains(file);
        held.close();
        assertThat(Files.readString(Path.of("/proc/locks"))).doesNotContain(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a\\b", "-x", "nul", "COM1.x", "a b", "a."})
    void whatCannotNameAFolderIsNoId(String id) {
        assertThat(Windows.isId(id)).isFalse();
    }

    static Window window(String id, String until, String... servers) {
        return new Window(
                id,
                Window.State.OPENING,
                NOON,
                Instant.parse(until),
                "me at here",
                Path.of("fleet.yaml"),
                List.of(servers),
                none(),
                null,
                "",
                null,
                List.of(),
                List.of(event("opening")));
    }

    private static @Nullable Path none() {
        return null;
    }

    private static Window.Event event(String what) {
        return new Window.Event(NOON, "me at here", what, "");
    }
}
