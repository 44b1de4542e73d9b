package mutirao.integracao.api;

import java.util.UUID;
import mutirao.api.Local;
import org.jspecify.annotations.Nullable;

/// What other systems are told, under its public name: a contract of its own, so that the domain's events can change
/// without it. Fields are only ever added; what does not fit that becomes a new [#version] of the event. Nothing
/// personal: ids, quantities, and places to about a kilometre; no texts that people wrote but names of items.
public interface EventoPublico {
    /// What it happened to.
    UUID id();

    /// Of its fields' meaning, from 1.
    default int version() {
        return 1;
    }

    /// A place to 0.01 degrees.
    record Lugar(@Nullable Double latitude, @Nullable Double longitude) {
        /// As roughly as others may know it.
        public static Lugar de(Local location) {
            var rough = location.aproximado();
            return new Lugar(rough.latitude(), rough.longitude());
        }
    }
}
