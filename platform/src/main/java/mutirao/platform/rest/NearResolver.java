package mutirao.platform.rest;

import java.util.ArrayList;
import mutirao.api.Perto;
import mutirao.platform.rest.Problem.FieldError;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Reads `near=lat,lon` and `radiusKm`, 10 km where it is not given, for controllers that take a [Perto].
final class NearResolver implements HandlerMethodArgumentResolver {
    private static final double DEFAULT_KM = 10;
    private static final double HALF_WAY_ROUND_KM = 20_040;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return reads(parameter);
    }

    static boolean reads(MethodParameter parameter) {
        return parameter.getParameterType() == Perto.class;
    }

    /// @return null where no place is given
    /// @throws Problem when they are not a place on Earth and a positive radius
    @Override
    public @Nullable Perto resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var near = request.getParameter("near");
        var radius = request.getParameter("radiusKm");
        var place = near == null ? null : place(near);
        var km = radius == null ? DEFAULT_KM : number(radius);
        var errors = new ArrayList<FieldError>();
        if (!(km > 0 && km <= HALF_WAY_ROUND_KM)) {
            errors.add(new FieldError("radiusKm", "acima de 0 até 20040"));
        }
        if (near != null && place == null) {
            errors.add(new FieldError("near", "deve ser latitude,longitude em graus"));
        }
        if (near == null && radius != null) {
            errors.add(new FieldError("near", "falta: radiusKm só vale com near=latitude,longitude"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
        return place == null ? null : new Perto(place.latitude, place.longitude, km);
    }

    private record Place(double latitude, double longitude) {}

    private static @Nullable Place place(String near) {
        var parts = near.split(",", -1);
        if (parts.length != 2) {
            return null;
        }
        var place = new Place(number(parts[0]), number(parts[1]));
        return Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180 ? place : null;
    }

    /// Not a number where it is none.
    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }
}
