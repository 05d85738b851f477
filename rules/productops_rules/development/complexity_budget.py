"""DEV009 complexity-budget."""

from collections.abc import Iterator

from pytest_productops.api import Complexity, Evidence, Finding, Less, Location, NotApplicable, Share, rule

SHOWN = 10


@rule("DEV009", stage="build", level="silver")
def complexity_budget(
    code: Complexity,
    *,
    threshold: Less[int] = 15,
    max_share: Less[Share] = 0.05,
    min_blocks: int = 50,
    cap: int = 0,
) -> Iterator[Finding]:
    """Few Python functions are too complex to be understood.

    Looks at the cyclomatic complexity of every function and method, as radon counts it. Tests, migrations,
    generated and vendored files do not count.

    Why:
        A function with many branches needs as many tests, and is where changes go wrong. A budget for their
        share lets old ones live and stops their number from growing.

    Fix:
        Split the worst functions: one part a decision, early returns, a table in place of a chain of `elif`.

    Options:
        threshold: a function of a higher complexity counts as complex.
        max_share: the share of complex functions that is allowed, from 0 to 1.
        min_blocks: fewer functions than these are not judged.
        cap: the highest complexity that any function may have; 0 is none.

    Source:
        Thomas J. McCabe, A Complexity Measure, 1976; CHAOSS, code complexity; Google engineering practices
        ("can't be understood quickly").

    Bad:
        -- options --
        min_blocks = 3
        -- invoices.py --
        def price(a, b):
            x = [i or a if i else b for i in a if b if i and a or b if i or b]
            return a and b and x or (a and (b or (a and (b or a))))
        def tax(price, rate): return price * rate
        def ship(order): return order.weight > 1 and order.paid

    Good:
        -- options --
        min_blocks = 3
        -- invoices.py --
        def price(lines): return sum(line.price for line in lines)
        def tax(price, rate): return price * rate
        def ship(order): return order.weight > 1 and order.paid
    """
    if not code.blocks:
        raise NotApplicable("there is no Python function to measure")
    if len(code.blocks) < min_blocks:
        raise NotApplicable(f"there are {len(code.blocks)} functions, fewer than {min_blocks}")
    worst = sorted(code.blocks, key=lambda block: (-block.complexity, block.path, block.line))
    complex_ones = [block for block in worst if block.complexity > threshold]
    share = len(complex_ones) / len(code.blocks)
    if share > max_share:
        yield Finding(
            "share",
            f"{share:.1%} of {len(code.blocks)} functions are more complex than {threshold}, "
            f"the budget is {max_share:.1%}",
            Location(worst[0].path, worst[0].line),
            fix="split the functions named first",
            evidence=tuple(
                Evidence(Location(b.path, b.line), f"{b.name}: {b.complexity}, rank {b.rank}")
                for b in complex_ones[:SHOWN]
            ),
        )
    for block in worst if cap else ():
        if block.complexity > cap:
            message = f"{block.name} has a complexity of {block.complexity}, the cap is {cap}"
            yield Finding(
                f"{block.path}#{block.name}", message, Location(block.path, block.line), fix="split it"
            )
