package io.chartreuse.cli.command;

import io.chartreuse.core.configuration.Pin;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file and its digest: {@code chartreuse.yaml=sha256:…}. */
final class PinOption implements ITypeConverter<Pin> {

    @Override
    public Pin convert(String text) {
        try {
            return Pin.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
