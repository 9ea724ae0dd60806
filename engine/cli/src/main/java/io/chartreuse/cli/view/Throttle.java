package io.chartreuse.cli.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps steps that talk much from flooding: a step's message passes when it differs from the one before, and once a
 * second at most. What is held back passes later, if it is still the newest; a step that is silent for long is heard
 * again.
 */
final class Throttle {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** What a step said last, and what was last passed on. */
    private static final class Voice {
        private Instant passedAt = Instant.MIN;
        private String passed = "";
        private String newest = "";
    }

    /** A message that is due. */
    record Due(String step, String message) {}

    private final Map<String, Voice> voices = new HashMap<>();

    /** The message, if it may pass now. */
    synchronized Optional<String> offer(String step, String message, Instant now) {
        Voice voice = voices.computeIfAbsent(step, any -> new Voice());
        voice.newest = message;
        if (message.equals(voice.passed) || !isOver(INTERVAL, voice, now)) {
            return Optional.empty();
        }
        pass(voice, now);
        return Optional.of(message);
    }

    /** What was held back and may pass now, and what has to be said again. */
    synchronized List<Due> due(Instant now) {
        List<Due> due = new ArrayList<>();
        voices.forEach((step, voice) -> {
            boolean held = !Objects.equals(voice.newest, voice.passed);
            if (isOver(held ? INTERVAL : SILENCE, voice, now)) {
                pass(voice, now);
                due.add(new Due(step, voice.newest));
            }
        });
        return due;
    }

    /** What is held back is out of date: something newer was shown past this throttle. */
    synchronized void supersede(String step) {
        Voice voice = voices.get(step);
        if (voice != null) {
            voice.passed = voice.newest;
        }
    }

    synchronized void forget(String step) {
        voices.remove(step);
    }

    private static boolean isOver(Duration interval, Voice voice, Instant now) {
        return voice.passedAt.equals(Instant.MIN) || !now.isBefore(voice.passedAt.plus(interval));
    }

    private static void pass(Voice voice, Instant now) {
        voice.passed = voice.newest;
        voice.passedAt = now;
    }
}
