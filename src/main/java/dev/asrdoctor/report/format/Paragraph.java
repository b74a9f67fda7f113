package dev.asrdoctor.report.format;

import dev.asrdoctor.report.model.Tone;
import dev.asrdoctor.text.Plain;
import java.util.ArrayList;
import java.util.List;

/** Words of several tones, broken into lines at blanks, and inside a word only where it is longer than a line. */
final class Paragraph {
    private record Piece(String text, Tone tone) {}

    private record Word(List<Piece> pieces) {
        int columns() {
            return pieces.stream().mapToInt(piece -> Plain.columns(piece.text)).sum();
        }
    }

    private final List<Word> words = new ArrayList<>();
    private boolean open;

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** Text that may be broken at its blanks. */
    void add(String text, Tone tone) {
        String line = Plain.line(text);
        int from = 0;
        while (from < line.length()) {
            int blank = line.indexOf(' ', from);
            int end = blank < 0 ? line.length() : blank;
            if (end > from) {
                addWhole(new Piece(line.substring(from, end), tone));
            }
            open &= blank < 0;
            from = end + 1;
        }
    }

    /** Text that stays on one line. */
    void addWhole(String text, Tone tone) {
        addWhole(new Piece(Plain.line(text), tone));
    }

    private void addWhole(Piece piece) {
        if (open) {
            List<Piece> pieces = new ArrayList<>(words.removeLast().pieces());
            pieces.add(piece);
            words.add(new Word(pieces));
        } else {
            words.add(new Word(List.of(piece)));
        }
        open = true;
    }

    /** @param first columns of the first line, which something may stand before, and of all others */
    List<String> lines(int first, int others, Tone base, Palette palette) {
        List<String> lines = new ArrayList<>();
        List<Piece> line = new ArrayList<>();
        int used = 0;
        for (Word word : words) {
            int room = lines.isEmpty() ? first : others;
            if (used > 0 && used + 1 + word.columns() > room) {
                lines.add(painted(line, base, palette));
                line.clear();
                used = 0;
                room = others;
            }
            List<Piece> rest = word.pieces();
            while (new Word(rest).columns() > room) {
                List<Piece> head = head(rest, room);
                lines.add(painted(head, base, palette));
                rest = behind(rest, head);
                room = others;
            }
            if (used > 0) {
                line.add(new Piece(" ", rest.getFirst().tone));
            }
            line.addAll(rest);
            used += (used > 0 ? 1 : 0) + new Word(rest).columns();
        }
        if (used > 0) {
            lines.add(painted(line, base, palette));
        }
        return lines;
    }

    /** As much as has room, and at least a character. */
    private static List<Piece> head(List<Piece> pieces, int columns) {
        List<Piece> head = new ArrayList<>();
        int left = columns;
        for (Piece piece : pieces) {
            String text = Plain.head(piece.text, left);
            if (!text.isEmpty()) {
                head.add(new Piece(text, piece.tone));
            }
            left -= Plain.columns(piece.text);
            if (left <= 0) {
                break;
            }
        }
        return head;
    }

    private static List<Piece> behind(List<Piece> pieces, List<Piece> head) {
        List<Piece> rest = new ArrayList<>(pieces.subList(head.size() - 1, pieces.size()));
        Piece last = rest.removeFirst();
        String left = last.text.substring(head.getLast().text.length());
        if (!left.isEmpty()) {
            rest.addFirst(new Piece(left, last.tone));
        }
        return rest;
    }

    /** With neighbours of one tone painted at once. */
    private static String painted(List<Piece> pieces, Tone base, Palette palette) {
        StringBuilder line = new StringBuilder();
        StringBuilder same = new StringBuilder();
        Tone tone = base;
        for (Piece piece : pieces) {
            Tone next = piece.tone == Tone.PLAIN ? base : piece.tone;
            if (next != tone) {
                line.append(palette.paint(tone, same.toString()));
                same.setLength(0);
                tone = next;
            }
            same.append(piece.text);
        }
        return line.append(palette.paint(tone, same.toString())).toString();
    }
}
