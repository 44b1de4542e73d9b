package mutirao.platform.identity;

import java.util.UUID;

/// Who acts in which organization, for decisions that name somebody else than who decides.
@FunctionalInterface
public interface Directory {
    /// How somebody stands to an organization.
    enum Standing {
        /// Acts in it.
        HERE,
        /// Acts in another one only, or no longer acts at all.
        NOT_HERE,
        /// Nothing is known of this id: it is nobody's, or its people are another issuer's and were not registered.
        UNKNOWN
    }

    /// How the person or client of that id stands to an organization.
    Standing of(UUID userId, UUID organization);
}
