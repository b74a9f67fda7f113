package dev.asrdoctor.cli.options;

import dev.asrdoctor.config.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

public final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return Durations.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException("'" + text + "' is not a duration such as 500ms, 90s, 2m or 1h"));
    }
}
