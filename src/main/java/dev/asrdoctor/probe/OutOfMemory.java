package dev.asrdoctor.probe;

import java.util.List;
import java.util.Locale;

/** Whether what a dying process wrote tells of memory: names of .NET types, and Windows' own texts by language. */
final class OutOfMemory {
    private static final List<String> TYPES =
            List.of("outofmemoryexception", "stackoverflowexception", "insufficientmemory");

    /** ERROR_COMMITMENT_LIMIT names the paging file, ERROR_NOT_ENOUGH_MEMORY and ERROR_OUTOFMEMORY memory. */
    private static final List<String> TEXTS = List.of(
            "paging file",
            "not enough storage",
            "not enough memory",
            "auslagerungsdatei",
            "nicht gen\u00fcgend arbeitsspeicher",
            "nicht genug speicher",
            "fichier de pagination",
            "fichier d\u2019\u00e9change",
            "fichier d'\u00e9change",
            "m\u00e9moire insuffisante",
            "archivo de paginaci\u00f3n",
            "memoria insuficiente",
            "arquivo de pagina\u00e7\u00e3o",
            "file di paging",
            "wisselbestand",
            "v\u00e4xlingsfil",
            "plik stronicowania",
            "str\u00e1nkovac\u00ed soubor",
            "\u0444\u0430\u0439\u043b \u043f\u043e\u0434\u043a\u0430\u0447\u043a\u0438",
            "\u30da\u30fc\u30b8\u30f3\u30b0 \u30d5\u30a1\u30a4\u30eb",
            "\u9875\u9762\u6587\u4ef6",
            "\u5206\u9801\u6a94",
            "\ud398\uc774\uc9d5 \ud30c\uc77c");

    private OutOfMemory() {}

    static boolean tells(String written) {
        String text = written.toLowerCase(Locale.ROOT);
        // powershell.exe wraps at the width of its console, within words too.
        String unbroken = text.replaceAll("\\s", "");
        return TYPES.stream().anyMatch(unbroken::contains) || TEXTS.stream().anyMatch(text::contains);
    }
}
