package dev.asrdoctor.diagnosis;

import dev.asrdoctor.config.ConfigException;
import dev.asrdoctor.config.Table;
import dev.asrdoctor.config.Value;
import dev.asrdoctor.config.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.lang3.Strings;

/** The error codes that come with the program. */
public final class ErrorCodes {
    private static final String SHIPPED = "/diagnosis/errors.yaml";

    private ErrorCodes() {}

    public static List<ErrorCode> all() {
        return Shipped.CODES;
    }

    /** By what somebody copied from the portal or a log: {@code 806}, {@code "Error ID 806"}, {@code eph0001}. */
    public static Optional<ErrorCode> find(String written) {
        String code = StringUtils.substringAfterLast(' ' + written.strip(), ' ');
        return all().stream()
                .filter(each -> Stream.concat(Stream.of(each.code()), each.also().stream())
                        .anyMatch(known -> Strings.CI.equals(known, code)))
                .findFirst();
    }

    private static final class Shipped {
        private static final List<ErrorCode> CODES = load();

        private static List<ErrorCode> load() {
            try (InputStream in = Objects.requireNonNull(ErrorCodes.class.getResourceAsStream(SHIPPED))) {
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ConfigException e) {
                throw new IllegalStateException(e);
            }
        }

        private static List<ErrorCode> parse(String text) throws ConfigException {
            Value root = YamlFile.parse(text, SHIPPED);
            List<ErrorCode> codes = new ArrayList<>();
            root.table().ifPresent(file -> {
                file.requireVersion(1);
                for (Value value : file.require("errors").map(Value::list).orElse(List.of())) {
                    value.table().ifPresent(entry -> codes.add(code(entry)));
                }
                file.rejectUnknown();
            });
            root.problems().throwIfAny();
            return List.copyOf(codes);
        }

        private static ErrorCode code(Table entry) {
            ErrorCode code = new ErrorCode(
                    text(entry, "code"),
                    entry.get("also").map(Value::texts).orElse(List.of()),
                    text(entry, "means"),
                    text(entry, "on"),
                    entry.require("checks").map(Value::texts).orElse(List.of()),
                    text(entry, "first"),
                    text(entry, "confidence"));
            entry.rejectUnknown();
            return code;
        }

        private static String text(Table entry, String name) {
            return entry.require(name).flatMap(Value::text).orElse("");
        }
    }
}
