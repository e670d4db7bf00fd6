using System.CommandLine;
using System.Globalization;

namespace Accounts.Api.Commands;

/// <summary>How many: a number within bounds, and another is told as a mistake in the words.</summary>
internal static class NumberOption
{
    public static Option<int> Make(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = $"{description}: {usual} unless said, up to {most}.", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && (number < 1 || number > most))
            {
                result.AddError($"{name} is a number from 1 to {most}.");
            }
        });
        return option;
    }
}
