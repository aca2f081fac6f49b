"""Print how well the checks of prose do: ``python -m tests.support.corpus``."""

from tests.support.corpus import alarms, examples, found, reports


def measure(name: str, family: str) -> None:
    """Print how many faults planted in a file are found, and what is found amiss."""
    planted = caught = quiet = amiss = 0
    for example in examples(name):
        codes = found(example, family)
        planted += len(example.codes)
        caught += len(set(example.codes) & set(codes))
        amiss += len(set(codes) - set(example.codes))
        quiet += not example.codes
        if set(codes) != set(example.codes):
            print(f"{' '.join(example.codes) or '-'} ≠ {' '.join(codes) or '-'} | {example.text}")
    print(
        f"{family}: {caught} of {planted} planted faults found ({caught / planted:.1%}),", end=" "
    )
    print(f"{amiss} false alarms beside {quiet} sound sentences")


def main() -> None:
    """Measure both files and the whole reports."""
    measure("sentences", "R4")
    measure("wording", "R5")
    whole = [alarms(report) for report in reports()]
    print(f"{sum(map(len, whole))} false alarms in {len(whole)} whole reports")


if __name__ == "__main__":
    main()
