package mutirao.platform.identity;

import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.annotation.AnnotatedElementUtils;

/// Who may call one operation, as its [OpenTo] says.
///
/// @param roles        any of which opens it; empty for whoever has logged in
/// @param also         what is asked for beside the role, for people; empty for nothing
/// @param withoutToken whether nobody needs to log in
public record Access(Set<Role> roles, String also, boolean withoutToken) {
    /// What stands at a controller's method.
    ///
    /// @return empty when nothing does: nobody may call it
    /// @throws IllegalStateException when it says none, or more than one, of the three things that can be said
    public static Optional<Access> of(AnnotatedElement method) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(method, OpenTo.class))
                .map(said -> of(said, method));
    }

    private static Access of(OpenTo said, AnnotatedElement method) {
        var roles = EnumSet.noneOf(Role.class);
        roles.addAll(Arrays.asList(said.value()));
        var things = (roles.isEmpty() ? 0 : 1) + (said.everybody() ? 1 : 0) + (said.withoutToken() ? 1 : 0);
        if (things != 1) {
            throw new IllegalStateException("@OpenTo at " + method + " names roles, everybody or withoutToken");
        }
        return new Access(roles, said.also(), said.withoutToken());
    }

    /// Whether somebody's roles open it.
    public boolean allows(Actor actor) {
        return roles.isEmpty() || roles.stream().anyMatch(actor::is);
    }

    /// For people.
    public String inWords() {
        return who() + (also.isEmpty() ? "" : " Além do papel: " + also + ".");
    }

    private String who() {
        if (withoutToken) {
            return "Sem token.";
        }
        return roles.isEmpty()
                ? "Quem entrou."
                : roles.stream().map(Role::name).collect(Collectors.joining(", ", "Quem pode: ", "."));
    }
}
