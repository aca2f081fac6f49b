"""Print how well the checks of text do: ``python -m tests.corpus``."""

from tests.corpus import examples, found


def main() -> None:
    planted = caught = quiet = alarms = 0
    for example in examples():
        codes = found(example)
        planted += len(example.codes)
        caught += len(set(example.codes) & set(codes))
        alarms += len(set(codes) - set(example.codes))
        quiet += not example.codes
        if sorted(codes) != sorted(example.codes):
            print(f"{' '.join(example.codes) or '-'} ≠ {' '.join(codes) or '-'} | {example.text}")
    print(f"{planted} planted, {caught} found ({caught / planted:.1%})")
    print(f"{quiet} sound sentences, {alarms} false alarms")


if __name__ == "__main__":
    main()
