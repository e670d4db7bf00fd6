using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Accounts.Core.Data;

/// <summary>Enumerations are stored as words in snake case: readable in psql, and indifferent to the order of declaration.</summary>
internal sealed class SnakeCaseEnum<T>() : ValueConverter<T, string>(value => Word(value), text => Read(text))
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words = Enum.GetValues<T>().ToDictionary(value => value, value => SnakeCaseNames.Snake(value.ToString()));
    private static readonly Dictionary<string, T> Values = Words.ToDictionary(pair => pair.Value, pair => pair.Key);

    internal static string Word(T value) => Words[value];

    private static T Read(string text) => Values[text];
}
