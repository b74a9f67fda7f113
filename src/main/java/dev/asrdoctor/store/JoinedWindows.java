package dev.asrdoctor.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Change windows of one place, and those that still stand in other places: all of them count, each stays where it is until
 * it has ended, and new ones come into the first place.
 */
public final class JoinedWindows implements Windows {
    private final Windows first;
    private final List<Windows> all;

    /** @param others different from {@code first} and from each other */
    public JoinedWindows(Windows first, List<Windows> others) {
        this.first = first;
        this.all = new ArrayList<>();
        this.all.add(first);
        this.all.addAll(others);
    }

    @Override
    public String place() {
        return first.place();
    }

    /** Nobody can tell which there are where one place cannot be read. */
    @Override
    public Contents contents() throws StoreException {
        List<Window> windows = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        for (Windows one : all) {
            Contents contents = one.contents();
            windows.addAll(contents.windows());
            unusable.addAll(contents.unusable());
        }
        windows.sort(Comparator.comparing(Window::openedAt).thenComparing(Window::id));
        return new Contents(windows, unusable);
    }

    /** Of several with that id the one that has not ended, so that it can be. */
    @Override
    public Optional<Window> find(String id) throws StoreException {
        List<Window> found = new ArrayList<>();
        for (Windows one : all) {
            one.find(id).ifPresent(found::add);
        }
        return found.stream()
                .filter(window -> window.endedAt().isEmpty())
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    @Override
    public void save(Window window) throws StoreException {
        where(window).save(window);
    }

    @Override
    public void delete(Window window) throws StoreException {
        where(window).delete(window);
    }

    @Override
    public Evidence evidence(Window window, String name) throws StoreException {
        return where(window).evidence(window, name);
    }

    /** Where it stands already; the first place where it stands nowhere. */
    private Windows where(Window window) throws StoreException {
        for (Windows one : all) {
            if (one.find(window.id())
                    .filter(known -> known.openedAt().equals(window.openedAt()))
                    .isPresent()) {
                return one;
            }
        }
        return first;
    }

    /** In the first place, and wherever such a window stands, where others than this program's latest may look alone. */
    @Override
    public Leases.Lease take(String id) throws StoreException {
        List<Leases.Lease> taken = new ArrayList<>();
        Leases.Lease together = () -> taken.reversed().forEach(Leases.Lease::close);
        try {
            taken.add(first.take(id));
            for (Windows other : all.subList(1, all.size())) {
                if (other.find(id).isPresent()) {
                    taken.add(other.take(id));
                }
            }
            return together;
        } catch (StoreException e) {
            together.close();
            throw e;
        }
    }
}
