import AhoCorasick
import Testing

struct `Memory region` {
    private let region = MemoryRegion((0..<32).map { UInt8($0) })

    @Test(arguments: [
        (0, 4, true), (0, 5, false), (24, 1, true), (32, 0, true), (32, 1, false), (40, 0, false),
        (-8, 1, false),
        (0, -1, false), (1, 1, false), (0, Int.max, false), (8, Int.max / 8, false), (Int.max, 1, false),
    ])
    func `a table must lie in the region and be aligned`(offset: Int, count: Int, isThere: Bool) {
        #expect((region.table(of: UInt64.self, at: offset, count: count) != nil) == isThere)
    }

    @Test func `values are little-endian`() throws {
        let table = try #require(region.table(of: UInt32.self, at: 4, count: 2))
        #expect(table[0] == 0x0706_0504)
        #expect(table[1] == 0x0B0A_0908)
    }

    @Test func `a table keeps its region alive`() throws {
        var table = MemoryRegion([1, 2, 3, 4]).table(of: UInt8.self, at: 0, count: 4)
        #expect(try #require(table)[3] == 4)
        table = MemoryRegion([]).table(of: UInt8.self, at: 0, count: 0)
        #expect(try #require(table).text(from: 0, count: 0).isEmpty)
    }

    @Test func `tables are padded to eight bytes`() {
        var bytes: [UInt8] = []
        LittleEndian.append([0x0102 as UInt16, 0x0304], to: &bytes)
        #expect(bytes == [2, 1, 4, 3, 0, 0, 0, 0])
        LittleEndian.append([UInt64.max], to: &bytes)
        #expect(bytes.count == 16)
    }

    @Test func `reading outside a table stops the program`() async {
        await #expect(processExitsWith: .failure) {
            let table = MemoryRegion([1, 2, 3]).table(of: UInt8.self, at: 0, count: 3)
            _ = table?[3]
        }
        await #expect(processExitsWith: .failure) {
            let table = MemoryRegion([1, 2, 3]).table(of: UInt8.self, at: 0, count: 3)
            _ = table?.text(from: 2, count: 2)
        }
    }
}
