using System.Globalization;
using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>Which page of a list is asked for, as Django REST framework has it: a size that is none is the usual one, one that is too large the largest.</summary>
public sealed record PageNumber(int Number, int Size)
{
    private const int Largest = 100;

    /// <exception cref="NotFoundException">it is no number of a page</exception>
    public static PageNumber Of(string? page, string? size, int usualSize) =>
        new(page is null ? 1 : Positive(page) ?? throw new NotFoundException(), Math.Min(Positive(size) ?? usualSize, Largest));

    /// <summary>The addresses of the pages around it: from the configuration and what was asked for, never from the request's host.</summary>
    /// <param name="request">whose other parameters stay</param>
    /// <param name="address">of the list</param>
    /// <param name="count">how many there are</param>
    public (string? Next, string? Previous) Around(HttpRequest request, string address, long count) => (
        (long)Number * Size < count ? Address(request, address, Number + 1) : null,
        Number > 1 ? Address(request, address, Number - 1) : null);

    private static string Address(HttpRequest request, string address, int page)
    {
        var others = request.Query.Where(pair => pair.Key != "page").SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)));
        var all = page > 1 ? others.Append(KeyValuePair.Create("page", (string?)page.ToString(CultureInfo.InvariantCulture))) : others;
        return address + QueryString.Create(all);
    }

    private static int? Positive(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
