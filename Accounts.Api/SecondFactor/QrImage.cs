using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace Accounts.Api.SecondFactor;

/// <summary>A text as a QR code: an SVG of its modules on white, and of nothing else.</summary>
internal static class QrImage
{
    /// <param name="text">that a camera reads</param>
    public static string Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var size = rows.Count;
        return $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="M0 0h{size}v{size}h-{size}z" fill="#fff"/><path d="{Modules(rows)}" fill="#000"/></svg>""";
    }

    /// <summary>Each run of dark modules of a row is a box, one module high. The white edge is a part of the matrix.</summary>
    private static string Modules(List<BitArray> rows)
    {
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var begin = x;
                while (x < rows.Count && rows[y][x])
                {
                    x++;
                }
                if (x > begin)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{begin} {y}h{x - begin}v1h-{x - begin}z");
                }
            }
        }
        return path.ToString();
    }
}
