package mutirao.platform.projection;

import java.util.List;
import java.util.UUID;
import mutirao.api.Page;
import mutirao.platform.projection.Projections.Standing;
import mutirao.platform.rest.Problem;
import mutirao.platform.side.OnSide;
import mutirao.platform.side.Side;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/projecoes")
@OnSide(Side.QUERY)
class ProjectionController {
    private final Projections projections;

    ProjectionController(Projections projections) {
        this.projections = projections;
    }

    record Begun(UUID rebuildId) {}

    @GetMapping
    Page<Standing> listar() {
        return new Page<>(projections.standings(), null);
    }

    @PostMapping("/reconstrucao")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Begun reconstruirTodas() {
        return rebuild(projections.standings().stream().map(Standing::name).toList());
    }

    @PostMapping("/{name}/reconstrucao")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Begun reconstruir(@PathVariable String name) {
        require(name);
        return rebuild(List.of(name));
    }

    private Begun rebuild(List<String> names) {
        return projections
                .rebuild(names)
                .map(Begun::new)
                .orElseThrow(() -> Problem.conflict("REBUILD_RUNNING", "uma reconstrução está em andamento"));
    }

    @GetMapping("/{name}/reconstrucao")
    Rebuild andamento(@PathVariable String name) {
        return projections.find(name).orElseThrow(Problem::notFound);
    }

    @DeleteMapping("/{name}/reconstrucao")
    Rebuild cancelar(@PathVariable String name) {
        require(name);
        if (!projections.cancel(name)) {
            throw Problem.conflict("REBUILD_NOT_RUNNING", "nenhuma reconstrução está em andamento");
        }
        return projections.find(name).orElseThrow(Problem::notFound);
    }

    private void require(String name) {
        if (!projections.has(name)) {
            throw Problem.notFound();
        }
    }
}
