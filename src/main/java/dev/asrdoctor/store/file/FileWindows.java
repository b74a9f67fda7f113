package dev.asrdoctor.store.file;

import dev.asrdoctor.facts.FactsJson;
import dev.asrdoctor.facts.SafeJson;
import dev.asrdoctor.file.Access;
import dev.asrdoctor.file.Durable;
import dev.asrdoctor.file.FileTrouble;
import dev.asrdoctor.store.Evidence;
import dev.asrdoctor.store.Leases;
import dev.asrdoctor.store.StoreException;
import dev.asrdoctor.store.Window;
import dev.asrdoctor.store.Windows;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Change windows in a folder: a folder for each, with {@code window.json} (schemas/change-window-1.schema.json), the facts
 * of its {@code baseline} and of each verification ({@code after-1}, ...), each with the policy and the declared differences
 * that went with it. Whatever is written is whole and on disk when a method returns; who works on a window holds its lock.
 */
public final class FileWindows implements Windows {
    private static final String FILE = "window.json";

    private final Path folder;
    private final Set<String> others;

    public FileWindows(Path folder) {
        this(folder, Set.of());
    }

    /** @param others names of folders that hold something else, unless a window's file stands in them */
    public FileWindows(Path folder, Set<String> others) {
        this.folder = folder;
        this.others = Set.copyOf(others);
    }

    @Override
    public String place() {
        return folder.toString();
    }

    private Path folder(String id) {
        return folder.resolve(id);
    }

    /** Its file last, so that what is left of it is always known for what it is. */
    @Override
    public void delete(Window window) throws StoreException {
        String id = window.id();
        try {
            if (Files.isDirectory(folder(id))) {
                try (Stream<Path> list = Files.list(folder(id))) {
                    for (Path one : list.filter(path -> !path.endsWith(FILE)).toList()) {
                        Durable.delete(one);
                    }
                }
            }
            Durable.delete(folder(id));
        } catch (IOException e) {
            throw new StoreException("the change window " + id + " cannot be taken away: " + FileTrouble.reason(e));
        }
    }

    @Override
    public Contents contents() throws StoreException {
        List<Window> windows = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        for (Path one : folders()) {
            if (isWindow(one)) {
                try {
                    windows.add(read(one.resolve(FILE)));
                } catch (StoreException e) {
                    unusable.add(String.valueOf(e.getMessage()));
                }
            }
        }
        windows.sort(Comparator.comparing(Window::openedAt).thenComparing(Window::id));
        return new Contents(windows, unusable);
    }

    @Override
    public Optional<Window> find(String id) throws StoreException {
        for (Path one : folders()) {
            if (one.getFileName().toString().equalsIgnoreCase(id) && isWindow(one)) {
                return Optional.of(read(one.resolve(FILE)));
            }
        }
        return Optional.empty();
    }

    /** One whose file is gone or cannot be seen is a window too, of which nobody knows whether it is open. */
    private boolean isWindow(Path folder) {
        if (others.contains(folder.getFileName().toString())) {
            return Files.isRegularFile(folder.resolve(FILE));
        }
        return !Files.notExists(folder.resolve(FILE)) || !Files.notExists(folder.resolve(BASELINE));
    }

    private List<Path> folders() throws StoreException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(FileWindows::mayBeFolder).sorted().toList();
        } catch (IOException e) {
            throw new StoreException("the change windows in " + folder + " cannot be read: " + FileTrouble.reason(e)
                    + "; until this account can read them nobody knows which servers are to be left alone");
        }
    }

    /** What cannot be looked at may hold a window. */
    private static boolean mayBeFolder(Path path) {
        return Files.isDirectory(path) || (!Files.exists(path) && !Files.notExists(path));
    }

    @Override
    public void save(Window window) throws StoreException {
        Path own = folder(window.id());
        boolean fresh = Files.notExists(own);
        try {
            Durable.makeFolder(own);
            Durable.write(
                    own.resolve(FILE), SafeJson.of(WindowJson.of(window).toPrettyString()) + "\n", Access.PRIVATE);
        } catch (IOException e) {
            if (fresh) {
                deleteEmpty(own);
            }
            throw new StoreException("the change window " + window.id() + " cannot be written in " + folder + ": "
                    + FileTrouble.reason(e));
        }
    }

    private static void deleteEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // What stopped the writing is told.
        }
    }

    @Override
    public Leases.Lease take(String id) throws StoreException {
        return new FileLeases(folder)
                .take(Windows.lease(id))
                .orElseThrow(() ->
                        new StoreException("another asrdoctor works on the change window " + id + " at this moment"));
    }

    @Override
    public Evidence evidence(Window window, String name) {
        return new FileEvidence(folder(window.id()).resolve(name));
    }

    private static Window read(Path file) throws StoreException {
        try {
            JsonNode json = FactsJson.parse(Files.readString(file));
            Window window = WindowJson.window(json);
            String folder = String.valueOf(
                    Objects.requireNonNull(file.toAbsolutePath().getParent()).getFileName());
            if (!window.id().equals(folder)) {
                throw new IllegalArgumentException("it belongs to a window '" + window.id() + "', and its folder is "
                        + folder + ", so it was copied or renamed");
            }
            return window;
        } catch (CharacterCodingException e) {
            throw unusable(file, "it is no text");
        } catch (NoSuchFileException e) {
            throw unusable(file, "it is gone, and what was read for the window is still there");
        } catch (IOException e) {
            throw new StoreException("the change window " + file + " cannot be read: " + FileTrouble.reason(e)
                    + "; until this account can read it nobody knows which servers are to be left alone");
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unusable(file, String.valueOf(e.getMessage()));
        }
    }

    private static StoreException unusable(Path file, String why) {
        return new StoreException("the change window " + file + " cannot be used: " + why
                + "; bring it back from a backup, or move its folder away if the change is over");
    }
}
